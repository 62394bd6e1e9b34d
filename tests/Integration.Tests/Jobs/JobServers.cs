using Platform.Integration.Tests.Servers;

namespace Platform.Integration.Tests.Jobs;

/// <summary>Servers of their own for the jobs that outlive one which is killed.</summary>
[CollectionDefinition(Name)]
public sealed class JobServers : ICollectionFixture<PostgresServer>, ICollectionFixture<RabbitMqServer>
{
    public const string Name = "PostgreSQL and RabbitMQ for jobs";
}
