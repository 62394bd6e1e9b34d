using System.Diagnostics;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents;

public sealed class KillTests
{
    private const int Rounds = 4;
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("files")]
    [InlineData("sqlite")]
    public async Task A_process_killed_while_it_commits_has_lost_nothing_that_it_acknowledged(string provider)
    {
        using var folder = new TemporaryFolder();
        for (var round = 1; round <= Rounds; round++)
        {
            var acknowledged = await CommitUntilKilledAsync(provider, folder.Path, 150 * round);
            await AssertWholeAsync(provider, folder.Path, acknowledged);
        }
    }

    /// <summary>Lets the process acknowledge some commits more, kills it, and returns the last one that it acknowledged.</summary>
    private static async Task<int> CommitUntilKilledAsync(string provider, string folder, int atLeast)
    {
        var dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(dotnet, [typeof(KillTests).Assembly.Location, provider, folder]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var last = 0;
        while (await process.StandardOutput.ReadLineAsync().PatientlyAsync() is { } line)
        {
            last = int.Parse(line);
            if (last >= atLeast && !process.HasExited) process.Kill();
        }
        await process.WaitForExitAsync();
        return last;
    }

    private static async Task AssertWholeAsync(string provider, string folder, int acknowledged)
    {
        var store = CommittingProcess.Open(provider, folder, new FileStoreSettings());
        await using var closing = (IAsyncDisposable)store;
        Assert.Null(((ILocalDocuments)store).Degradation);
        var committed = (int)await store.LastSequenceAsync(None);
        Assert.InRange(committed, acknowledged, acknowledged + 1);

        var expected = Enumerable.Range(1, committed).TakeLast(50).Order();
        Assert.Equal(expected, await ValuesAsync(store, "first"));
        Assert.Equal(expected, await ValuesAsync(store, "second"));
        var events = await store.ReadEventsAsync(0, int.MaxValue, None);
        Assert.Equal(Enumerable.Range(1, committed).Select(n => (long)n), events.Select(stored => stored.Sequence));
    }

    private static async Task<IEnumerable<int>> ValuesAsync(IDocumentStore store, string collection) =>
        (await store.QueryAsync<int>(new DocumentQuery(collection), None)).Items.Select(document => document.Value).Order();
}
