using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Privacy;

/// <summary>The data folder of one process.</summary>
[Collection(LoopInStandalone.Name)]
public sealed class PrivateDataInStandalone(StandalonePlatform platform) : PrivateDataTests
{
    [Fact]
    public async Task Files_and_folders_are_their_owners_alone()
    {
        await WorkAsync(platform.Api);
        AssertPrivate(platform.Data, atTheTop: UnixFileMode.None,
            "platform.jsonl", "fasterlog.log.0", "lock");
    }
}
