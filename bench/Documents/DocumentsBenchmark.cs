using System.Diagnostics;
using System.Globalization;
using Platform.Bench.Loading;
using Platform.Hosting.Documents;

namespace Platform.Bench.Documents;

/// <summary>The two stores of documents in a folder, in turns: commits, reads, a start, the disk, memory, and what damage costs.</summary>
internal static class DocumentsBenchmark
{
    private const int Models = 2000;
    private const int Versions = 10_000;
    private const int Damages = 40;
    private static readonly CancellationToken None = CancellationToken.None;

    public static async Task RunAsync(BenchOptions options)
    {
        Console.WriteLine("\n| | files | sqlite | sqlite / files (rounds) |\n|---|---|---|---|");
        foreach (var writers in (int[])[1, 16, 64])
            await PrintAsync(options, $"commits a second, {writers} writers", provider => CommitAsync(provider, writers, options.Duration));

        using var files = await FilledAsync("files", Models, Versions);
        using var sqlite = await FilledAsync("sqlite", Models, Versions);
        BenchFolder Of(string provider) => provider == "files" ? files : sqlite;
        await PrintAsync(options, "documents read by id a second", provider => ReadAsync(Of(provider), options.Duration));
        await PrintAsync(options, "pages of 100 read a second", provider => PageAsync(Of(provider), options.Duration));
        var starts = new Dictionary<string, List<OpenedStore>> { ["files"] = [], ["sqlite"] = [] };
        for (var round = 0; round < options.Rounds; round++)
            foreach (var (provider, opened) in starts) opened.Add(await OpenedStore.StartAsync(provider, Of(provider).Path));
        Print($"start over {Models} models, {Versions} versions, ms", provider => starts[provider].Select(opened => opened.Milliseconds));
        Print("memory after it, MiB", provider => starts[provider].Select(opened => opened.Mebibytes));
        Print("on the disk, MiB", provider => [Of(provider).Mebibytes()]);

        using var small = await FilledAsync("files", Models / 10, Versions / 10);
        using var smallSqlite = await FilledAsync("sqlite", Models / 10, Versions / 10);
        foreach (var folder in (BenchFolder[])[small, smallSqlite]) await BlockDamage.RunAsync(folder, Damages);
    }

    private static async Task PrintAsync(BenchOptions options, string what, Func<string, Task<double>> measure)
    {
        var measured = new Dictionary<string, List<double>> { ["files"] = [], ["sqlite"] = [] };
        for (var round = 0; round < options.Rounds; round++)
            foreach (var (provider, values) in measured) values.Add(await measure(provider));
        Print(what, provider => measured[provider]);
    }

    private static void Print(string what, Func<string, IEnumerable<double>> measured)
    {
        var rounds = measured("files").Zip(measured("sqlite"), (before, now) => now / before).ToList();
        var (files, sqlite) = (LoadingBenchmark.Median(measured("files")), LoadingBenchmark.Median(measured("sqlite")));
        var all = string.Join(", ", rounds.Select(ratio => ratio.ToString("F2", CultureInfo.InvariantCulture)));
        Console.WriteLine(FormattableString.Invariant($"| {what} | {files:F0} | {sqlite:F0} | **{LoadingBenchmark.Median(rounds):F2}** ({all}) |"));
    }

    private static async Task<double> CommitAsync(string provider, int writers, TimeSpan duration)
    {
        using var folder = new BenchFolder(provider);
        await using var store = folder.Open();
        await store.Documents.CommitAsync(BenchFolder.Version(0, 0), None); // its code is compiled
        var (watch, commits) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(1, writers).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; watch.Elapsed < duration; n++)
            {
                await store.Documents.CommitAsync(BenchFolder.Version(writer, n), None);
                Interlocked.Increment(ref commits);
            }
        })));
        return commits / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> ReadAsync(BenchFolder folder, TimeSpan duration)
    {
        await using var store = folder.Open();
        var (watch, read) = (Stopwatch.StartNew(), 0);
        for (; watch.Elapsed < duration; read++)
            if (await store.Documents.GetAsync<BenchVersion>("versions", BenchFolder.IdOf(read % Models, read % (Versions / Models)), None) is null)
                throw new InvalidOperationException("A document is not there.");
        return read / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> PageAsync(BenchFolder folder, TimeSpan duration)
    {
        await using var store = folder.Open();
        var (watch, pages, query) = (Stopwatch.StartNew(), 0, new DocumentQuery("versions") { Limit = 100 });
        for (; watch.Elapsed < duration; pages++)
            query = query with { After = (await store.Documents.QueryAsync<BenchVersion>(query, None)).Next };
        return pages / watch.Elapsed.TotalSeconds;
    }

    private static async Task<BenchFolder> FilledAsync(string provider, int models, int versions)
    {
        var folder = new BenchFolder(provider);
        await using var store = folder.Open();
        await Task.WhenAll(Enumerable.Range(0, models).Chunk(models / 50).Select(some => Task.Run(async () =>
        {
            foreach (var model in some)
                for (var n = 0; n < versions / models; n++) await store.Documents.CommitAsync(BenchFolder.Version(model, n, isNew: true), None);
        })));
        return folder;
    }
}
