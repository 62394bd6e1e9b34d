using System.Diagnostics;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Integration.Tests.Servers;

/// <summary>A service as it runs in production: a process of its own, which can be killed and started again.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly string[] _arguments;
    private Process? _process;

    /// <summary>The service by its assembly's name, such as <c>Platform.Inference</c>.</summary>
    public ServiceProcess(string service, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Ports.Free()}"), Timeout = Eventually.Patience, DefaultRequestHeaders = { Authorization = TestKey.Header } };
        _arguments =
        [
            Path.Combine(AppContext.BaseDirectory, $"{service}.dll"),
            $"--urls={Http.BaseAddress}", $"--Storage:Directory={_data.Path}", "--Logging:LogLevel:Default=Warning",
            .. TestKey.Settings.Concat(settings).Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
    }

    public HttpClient Http { get; }

    public async Task StartAsync()
    {
        _process?.Dispose();
        var start = new ProcessStartInfo("bash") { WorkingDirectory = _data.Path };
        foreach (var argument in (string[])["-c", """exec dotnet "$@" >>said 2>&1 </dev/null""", "-", .. _arguments]) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        await Eventually.TrueAsync(IsReadyAsync, "the service is ready");
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false }) Kill();
        _process?.Dispose();
        Http.Dispose();
        _data.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited) throw new InvalidOperationException(await File.ReadAllTextAsync(_data.File("said")));
        try
        {
            using var response = await Http.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
