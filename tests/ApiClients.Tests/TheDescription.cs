namespace Platform.ApiClients.Tests;

/// <summary>What the tests share: installing tools takes longer than using them.</summary>
[CollectionDefinition(nameof(TheDescription))]
public sealed class TheDescription : ICollectionFixture<DescribedPlatform>;
