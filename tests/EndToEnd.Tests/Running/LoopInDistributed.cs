namespace Platform.EndToEnd.Tests.Running;

/// <summary>What the loop over five services runs against, one test after the other; and one process, for those that compare the two.</summary>
[CollectionDefinition(Name)]
public sealed class LoopInDistributed : ICollectionFixture<DistributedPlatform>, ICollectionFixture<StandalonePlatform>
{
    public const string Name = "The loop over five services";
}
