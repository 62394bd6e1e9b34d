namespace Platform.EndToEnd.Tests.Running;

/// <summary>What the loop in one process runs against, one test after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LoopInStandalone : ICollectionFixture<StandalonePlatform>
{
    public const string Name = "The loop in one process";
}
