using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Platform.Gateway.Settings;

/// <summary>
/// The options in force. A change of the configuration replaces them; one that is not valid is logged and the old ones stay.
/// </summary>
internal sealed class GatewaySettings : IDisposable
{
    private readonly IOptionsFactory<GatewayOptions> _factory;
    private readonly ILogger<GatewaySettings> _logger;
    private readonly IDisposable _listening;
    private volatile GatewayOptions _current;

    public GatewaySettings(IConfiguration configuration, IOptionsFactory<GatewayOptions> factory, ILogger<GatewaySettings> logger)
    {
        (_factory, _logger, _current) = (factory, logger, factory.Create(Options.DefaultName));
        _listening = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Says that <see cref="Current"/> is another.</summary>
    public event Action? Changed;

    public GatewayOptions Current => _current;

    public void Dispose() => _listening.Dispose();

    private void Reload()
    {
        try
        {
            _current = _factory.Create(Options.DefaultName);
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            SettingsLog.NotValid(_logger, exception.Message);
            return;
        }
        SettingsLog.Changed(_logger);
        Changed?.Invoke();
    }
}

internal static partial class SettingsLog
{
    [LoggerMessage(LogLevel.Information, "The gateway's configuration was read again")]
    public static partial void Changed(ILogger logger);

    [LoggerMessage(LogLevel.Error, "The gateway's new configuration is not valid, the old one stays: {Reason}")]
    public static partial void NotValid(ILogger logger, string reason);
}
