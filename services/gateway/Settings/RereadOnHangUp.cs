using System.Runtime.InteropServices;

namespace Platform.Gateway.Settings;

/// <summary>SIGHUP has the configuration read again, as servers do by custom; nothing watches its files.</summary>
internal sealed class RereadOnHangUp(IConfiguration configuration) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _hangUp;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reread);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _hangUp?.Dispose();

    private void Reread(PosixSignalContext signal)
    {
        signal.Cancel = true;
        (configuration as IConfigurationRoot)?.Reload();
    }
}
