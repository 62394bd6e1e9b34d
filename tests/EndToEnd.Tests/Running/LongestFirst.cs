using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Platform.EndToEnd.Tests.Running.LongestFirst", "Platform.EndToEnd.Tests")]

namespace Platform.EndToEnd.Tests.Running;

/// <summary>The collections that share a platform take longest, so that nothing else is left when they end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [LoopInDistributed.Name, LoopInStandalone.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => Longest.Contains(collection.DisplayName));
}
