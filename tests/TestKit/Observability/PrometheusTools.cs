using System.Diagnostics;

namespace Platform.TestKit.Observability;

/// <summary>Prometheus and Alertmanager with their tools.</summary>
public static class PrometheusTools
{
    /// <summary>Installs them where they are missing.</summary>
    public static async Task InstallAsync()
    {
        var start = new ProcessStartInfo("bash", [Repository.PathOf("eng", "servers", "prometheus.sh"), "install"]) { RedirectStandardError = true };
        using var install = Process.Start(start)!;
        var said = await install.StandardError.ReadToEndAsync();
        await install.WaitForExitAsync();
        if (install.ExitCode != 0) throw new InvalidOperationException(said);
    }
}
