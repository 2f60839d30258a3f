/** The types of Swagger UI's module build, which its package leaves out. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  import type { SwaggerUIOptions } from "swagger-ui-dist";

  const SwaggerUI: (options: SwaggerUIOptions) => unknown;
  export default SwaggerUI;
}
