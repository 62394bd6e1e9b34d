namespace Platform.Integration.Tests.Servers;

/// <summary>Tests that share PostgreSQL and RabbitMQ run one after the other: some of them kill one.</summary>
[CollectionDefinition(Name)]
public sealed class ServersCollection : ICollectionFixture<PostgresServer>, ICollectionFixture<RabbitMqServer>
{
    public const string Name = "PostgreSQL and RabbitMQ";
}
