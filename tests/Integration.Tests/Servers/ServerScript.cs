using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Platform.TestKit;
using Platform.TestKit.Tls;

namespace Platform.Integration.Tests.Servers;

/// <summary>A real server, started and stopped by its script in eng/servers, with a data folder and ports of its own.</summary>
internal sealed class ServerScript(string name) : IDisposable
{
    private readonly TemporaryFolder _data = new();

    /// <summary>Where the server keeps its files.</summary>
    public string Folder => _data.File(name);

    /// <summary>The port that clients use.</summary>
    public int Port { get; } = ConsecutivePorts.Free();

    /// <summary>Has the server show this certificate, and ask clients for one of the same authority where it asks at all.</summary>
    public void SpeakTls(IssuedCertificate certificate, TestAuthority authority)
    {
        var folder = Directory.CreateDirectory(_data.File("tls")).FullName;
        File.Copy(certificate.CertificateFile, Path.Combine(folder, "certificate.pem"));
        File.Copy(certificate.KeyFile, Path.Combine(folder, "key.pem"));
        File.Copy(authority.RootFile, Path.Combine(folder, "authority.pem"));
        File.WriteAllBytes(Path.Combine(folder, "keystore.p12"), certificate.Certificate.Export(X509ContentType.Pkcs12, "keystore"));
    }

    public Task StartAsync() => RunScriptAsync("start", _data.Path, $"{Port}");

    public Task StopAsync() => RunScriptAsync("stop", _data.Path);

    /// <summary>Has the script do something else with the running server, and answers what it said.</summary>
    public async Task<string> RunAsync(string verb, params IEnumerable<string> arguments)
    {
        await RunScriptAsync([verb, _data.Path, .. arguments]);
        return await File.ReadAllTextAsync(_data.File("said"));
    }

    /// <summary>Installs what the server needs, then starts it. Should this process die, the server goes too.</summary>
    public async Task StartFirstAsync()
    {
        StopWithThisProcess();
        await StartAsync();
    }

    /// <summary>kill -9, of the server itself unless <paramref name="process"/> names a companion.</summary>
    public void Kill(string? process = null) => ProcessOf(process ?? name).Kill();

    /// <summary>Sends a signal by name, such as STOP or CONT.</summary>
    public void Signal(string signal) => Process.Start("kill", ["-s", signal, $"{ProcessOf(name).Id}"]).WaitForExit();

    public void Dispose() => _data.Dispose();

    /// <summary>What the script that runs, or ran last, has said so far.</summary>
    public string Said => File.Exists(SaidFile) ? File.ReadAllText(SaidFile) : "";

    /// <summary>The number of a process that it started, of the server itself unless <paramref name="process"/> names a companion.</summary>
    public int PidOf(string? process = null) =>
        int.Parse(File.ReadAllText(_data.File("run", $"{process ?? name}.pid")), CultureInfo.InvariantCulture);

    private string SaidFile => _data.File("said");

    private Process ProcessOf(string process) => Process.GetProcessById(PidOf(process));

    private void StopWithThisProcess()
    {
        const string Watch = """exec >/dev/null 2>&1 </dev/null; tail --pid="$1" -f /dev/null; exec "$0" stop "$2" """;
        Process.Start("setsid", ["bash", "-c", Watch, Script, $"{Environment.ProcessId}", _data.Path]);
    }

    private string Script => Repository.PathOf("eng", "servers", $"{name}.sh");

    /// <summary>The server would inherit a pipe and hold it open, so what the script says goes to a file.</summary>
    private async Task RunScriptAsync(params IEnumerable<string> arguments)
    {
        const string Run = """said=$1; shift; exec nice -n 5 "$@" >"$said" 2>&1 </dev/null""";
        using var script = Process.Start("bash", ["-c", Run, "-", SaidFile, Script, .. arguments]);
        await script.WaitForExitAsync();
        if (script.ExitCode != 0) throw new InvalidOperationException(Said);
    }
}
