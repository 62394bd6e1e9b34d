using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Hosting.Access;

/// <summary>
/// How tokens of the identity provider are verified. ASP.NET Core's options for them are taken, which fetch the provider's keys and follow
/// their changes, but not its authentication middleware, which would take every key for a token that is none.
/// </summary>
internal static class OidcDefaults
{
    // Not those with a key that both sides have: the provider's public key would be one that everybody has.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void AddOidc(this IServiceCollection services)
    {
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AccessOptions>>((bearer, access) => Configure(bearer, access.Value.Oidc));
        services.AddSingleton<IdentityTokens>();
    }

    private static void Configure(JwtBearerOptions bearer, OidcOptions provider)
    {
        (bearer.Authority, bearer.Audience, bearer.RequireHttpsMetadata) = (provider.Authority, provider.Audience, provider.RequireHttps);
        bearer.MapInboundClaims = false;
        bearer.BackchannelTimeout = TimeSpan.FromSeconds(10);
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuer = true, ValidateAudience = true, ValidateLifetime = true, RequireExpirationTime = true, RequireSignedTokens = true,
            ValidateIssuerSigningKey = true, ValidAlgorithms = Algorithms, ClockSkew = TimeSpan.FromSeconds(30),
        };
    }
}
