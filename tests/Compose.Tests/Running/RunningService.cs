using System.Net;
using Platform.TestKit;

namespace Platform.Compose.Tests.Running;

/// <summary>A built service as a child process, reached as its container would be.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    // A machine that runs all tests at once starts slowly; an orchestrator waits as long.
    private static readonly TimeSpan StartsWithin = Eventually.Patience;

    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private RunningService(ChildProcess process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public Uri Address => _http.BaseAddress!;

    public HttpClient Http => _http;

    public string Output => _process.Output;

    /// <summary>Starts it and waits until <c>/health/live</c> answers.</summary>
    public static async Task<RunningService> StartAsync(
        string folder, IReadOnlyDictionary<string, string> environment, int port, params IReadOnlyList<string> arguments)
    {
        var service = new RunningService(ChildProcess.Start(Programs.Service(folder), arguments, environment), port);
        try
        {
            await service.UntilAsync("/health/live", $"{folder} is live");
            return service;
        }
        catch (Exception exception)
        {
            await service.DisposeAsync();
            throw new InvalidOperationException($"{exception.Message}\n{service.Output}", exception);
        }
    }

    /// <summary>Waits until a path answers with 200.</summary>
    public Task UntilAsync(string path, string what) => Eventually.TrueAsync(async () =>
    {
        if (!_process.IsRunning) throw new InvalidOperationException("It has ended.");
        return await StatusOfAsync(path) == HttpStatusCode.OK;
    }, what, StartsWithin);

    /// <summary>The status that a path answers with; null while nobody listens.</summary>
    public async Task<HttpStatusCode?> StatusOfAsync(string path)
    {
        try
        {
            using var response = await _http.GetAsync(path);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> StopAsync(TimeSpan within) => _process.StopAsync(within);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}
