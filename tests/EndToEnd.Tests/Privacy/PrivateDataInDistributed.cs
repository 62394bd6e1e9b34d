using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Privacy;

/// <summary>The data folder of <c>./dev up</c>.</summary>
[Collection(LoopInDistributed.Name)]
public sealed class PrivateDataInDistributed(DistributedPlatform platform) : PrivateDataTests
{
    // As root: servers run as accounts of their own, which pass the folder to their own in it.
    private const UnixFileMode Passing = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [Fact]
    public async Task Files_and_folders_of_every_process_and_server_are_their_owners_alone()
    {
        await WorkAsync(platform.Api);
        AssertPrivate(platform.Data, atTheTop: Passing,
            "gateway.log", "rabbitmq.log", "postgres.log", "kafka.log", "gateway.pid", "metrics.json", "ports.json", "rabbitmq.conf",
            "postgresql.conf", "server.properties", "fasterlog.log.0");
    }
}
