// An OpenID Connect provider whose clients get access tokens as JWT (RFC 9068). Usage: node provider.js PORT
// A client's id names its roles: "ann+ml-engineer+auditor" has two. The resource is the audience.
import { Provider } from "oidc-provider";

const [, , port] = process.argv;
const issuer = `http://127.0.0.1:${port}`;
const names = ["ann+ml-engineer", "bob+auditor", "eve", "kim+ml-engineer+auditor"];
const provider = new Provider(issuer, {
  clients: names.map((name) => ({
    client_id: name, client_secret: "secret", grant_types: ["client_credentials"], redirect_uris: [], response_types: [],
  })),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => ({
        scope: "", audience: resource.split(":")[1], accessTokenFormat: "jwt", accessTokenTTL: Number(resource.split(":")[2] ?? 3600),
      }),
    },
  },
  extraTokenClaims: (_, token) => ({ roles: token.clientId.split("+").slice(1), nickname: token.clientId.split("+")[0] }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
