using Platform.Integration.Tests.Servers;

namespace Platform.Integration.Tests.Messaging;

/// <summary>Servers of their own for the tests of messages: these take long, as many of them kill the broker and wait for it.</summary>
[CollectionDefinition(Name)]
public sealed class MessagingServers : ICollectionFixture<PostgresServer>, ICollectionFixture<RabbitMqServer>
{
    public const string Name = "PostgreSQL and RabbitMQ for messages";
}
