using Microsoft.Extensions.Options;

namespace Platform.Hosting.Access;

/// <summary>Whether callers are asked who they are.</summary>
public static class CallerDefaults
{
    /// <summary>
    /// Asks nobody who it is: everybody may do everything, under any name. For a process on loopback that its user alone can reach, and
    /// tests. To be said before the platform's defaults are added; without it everybody is asked.
    /// </summary>
    public static WebApplicationBuilder AskNobody(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ServiceSecrets.None);
        builder.Services.AddHostedService<LoopbackOnly>();
        return builder;
    }

    internal static bool AsksNobody(this IServiceCollection services) =>
        services.Any(service => service.ImplementationInstance == ServiceSecrets.None);

    internal static void AddPlatformCallers(this IServiceCollection services)
    {
        services.AddSingleton<ServiceSecrets>();
        services.AddSingleton<IValidateOptions<AccessOptions>, SecretIsGiven>();
        services.AddSingleton<Identification>();
        services.AddSingleton<CallerLimit>();
        services.AddSingleton<AccessGate>();
        services.AddOidc();
    }

    private sealed class SecretIsGiven : IValidateOptions<AccessOptions>
    {
        public ValidateOptionsResult Validate(string? name, AccessOptions options)
        {
            try
            {
                var secrets = ServiceSecrets.Read(options);
                return secrets.Count > 0 && secrets.All(secret => secret.Length >= ServiceSecrets.Shortest)
                    ? ValidateOptionsResult.Success
                    : ValidateOptionsResult.Fail(
                        $"Access:ServiceSecret, or the file that Access:ServiceSecretFile names, must hold {ServiceSecrets.Shortest} characters or more, the same for every service.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return ValidateOptionsResult.Fail($"Access:ServiceSecretFile cannot be read: {exception.Message}");
            }
        }
    }
}
