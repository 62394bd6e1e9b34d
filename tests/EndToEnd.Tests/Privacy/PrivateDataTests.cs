using System.Net;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Privacy;

/// <summary>Whatever writes to the data folder, our code, libraries or the servers of <c>./dev up</c>: nobody else can read it.</summary>
[Collection(LoopInDistributed.Name)]
public sealed class PrivateDataTests(StandalonePlatform standalone, DistributedPlatform distributed)
{
    private const UnixFileMode Others = (UnixFileMode)63;

    // Of ./dev up as root: servers run as accounts of their own, which pass the folder to their own in it.
    private const UnixFileMode Passing = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    [Fact]
    public async Task In_one_process_files_and_folders_are_their_owners_alone()
    {
        await WorkAsync(standalone.Api);
        AssertPrivate(standalone.Data, atTheTop: UnixFileMode.None,
            "platform.jsonl", "fasterlog.log.0", "lock");
    }

    [Fact]
    public async Task In_distributed_mode_so_are_those_of_every_process_and_server()
    {
        await WorkAsync(distributed.Api);
        AssertPrivate(distributed.Data, atTheTop: Passing,
            "gateway.log", "rabbitmq.log", "postgres.log", "kafka.log", "gateway.pid", "metrics.json", "ports.json", "rabbitmq.conf",
            "postgresql.conf", "server.properties", "fasterlog.log.0");
    }

    private static async Task WorkAsync(PlatformApi api)
    {
        var model = $"private-{Guid.NewGuid():n}";
        await api.ServeCreditAsync(model);
        var (id, _) = (await api.PredictManyAsync(model, [CreditSample.Usual[0]]))[0];
        using var job = await api.PostAsync($"/v1/models/{model}/jobs", PlatformApi.InferBody([CreditSample.Usual[0]]));
        Assert.Equal(HttpStatusCode.Accepted, job.StatusCode);
        await Eventually.TrueAsync(async () => await api.CountUnknownAsync(model, [id]) == 0, "the monitor has read the prediction");
    }

    private static void AssertPrivate(string data, UnixFileMode atTheTop, params string[] expected)
    {
        var found = new DirectoryInfo(data).EnumerateFileSystemInfos("*", Everything).ToList();
        Assert.Empty(expected.Except(found.Select(entry => entry.Name)));
        Assert.False(OperatingSystem.IsWindows());
        Assert.Equal(UnixFileMode.None, new DirectoryInfo(data).UnixFileMode & Others & ~atTheTop);
        var open = found.Where(entry => entry is { Exists: true, LinkTarget: null } && (entry.UnixFileMode & Others) != 0);
        Assert.Equal([], open.Select(entry => $"{entry.UnixFileMode} {entry.FullName}"));
    }
}
