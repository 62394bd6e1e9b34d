using Platform.Integration.Tests.Jobs;
using Platform.Integration.Tests.Messaging;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Platform.Integration.Tests.Servers.LongestFirst", "Platform.Integration.Tests")]

namespace Platform.Integration.Tests.Servers;

/// <summary>The collections that share servers take longest, so that nothing but short ones is left when they end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [ServersCollection.Name, MessagingServers.Name, JobServers.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => Longest.Contains(collection.DisplayName));
}
