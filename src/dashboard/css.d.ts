/** esbuild puts what is imported so into dist/dashboard.css. */
declare module '*.css';
