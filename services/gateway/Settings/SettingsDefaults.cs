namespace Platform.Gateway.Settings;

internal static class SettingsDefaults
{
    // Without BindConfiguration, whose reload would throw an invalid configuration at whoever changed it.
    public static void AddSettings(this IServiceCollection services)
    {
        services.AddSingleton<GatewaySettings>();
        services.AddHostedService<RereadOnHangUp>();
        services.AddOptions<GatewayOptions>()
            .Configure<IConfiguration>((options, configuration) => configuration.GetSection(GatewayOptions.Section).Bind(options))
            .ValidateDataAnnotations().ValidateOnStart();
    }
}
