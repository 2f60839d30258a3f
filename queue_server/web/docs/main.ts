/** The API reader: Swagger UI over our own OpenAPI document; nothing is asked of any other address. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";

SwaggerUI({
  dom_id: "#reader",
  url: "/api/openapi.json",
  // The badge would send the document to an outside checker.
  validatorUrl: null,
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: false,
});
