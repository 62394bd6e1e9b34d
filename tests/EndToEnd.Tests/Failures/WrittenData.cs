using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Failures;

/// <summary>Data folders that a process has left after a little of everything, so that they hold a file of every kind; a test damages a copy of its own.</summary>
public sealed class WrittenData : IAsyncLifetime
{
    private readonly TemporaryFolder _stopped = new();
    private readonly TemporaryFolder _killed = new();

    /// <summary>The digest of the file that serves in the folder of the process that was stopped.</summary>
    public string Champion { get; private set; } = "";

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        await WriteAsync(_stopped, async process => Assert.Equal(0, await process.StopAsync(Eventually.Patience)));
        await WriteAsync(_killed, process => process.KillAsync());
    }

    /// <inheritdoc />
    public Task DisposeAsync()
    {
        _stopped.Dispose();
        _killed.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>What a process that was stopped has left.</summary>
    public void CopyStoppedTo(TemporaryFolder data) => Copy(_stopped, data);

    /// <summary>What a process that was killed has left.</summary>
    public void CopyKilledTo(TemporaryFolder data) => Copy(_killed, data);

    /// <summary>A platform of one process over a data folder.</summary>
    public static Task<PlatformProcess> StartAsync(TemporaryFolder data) => StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", data.Path]);

    private async Task WriteAsync(TemporaryFolder data, Func<PlatformProcess, Task> end)
    {
        await using var process = await StartAsync(data);
        using var api = new PlatformApi(process.Address);
        await api.ServeCreditAsync("credit");
        await api.ServeCreditAsync("other");
        await api.PredictManyAsync("credit", CreditSample.Usual.Take(300));
        using var job = await api.PostAsync("/v1/models/credit/jobs", PlatformApi.InferBody([CreditSample.Usual[0]]));
        Assert.Equal(202, (int)job.StatusCode);
        Champion = (string)(await api.ReadAsync("/v1/deployments?limit=1"))["items"]![0]!["sha256"]!;
        await end(process);
    }

    private static void Copy(TemporaryFolder from, TemporaryFolder to)
    {
        foreach (var folder in Directory.GetDirectories(from.Path, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(At(folder));
        foreach (var file in Directory.GetFiles(from.Path, "*", SearchOption.AllDirectories)) File.Copy(file, At(file));

        string At(string path) => to.File(Path.GetRelativePath(from.Path, path));
    }
}
