namespace Platform.Integration.Tests.Servers;

/// <summary>An Apache Kafka broker of this test run: an old one, whose log outlives it.</summary>
public sealed class KafkaServer : IAsyncLifetime
{
    private readonly ServerScript _script = new("kafka");

    public string BootstrapServers => $"127.0.0.1:{_script.Port}";

    public Task InitializeAsync() => _script.StartFirstAsync();

    public async Task DisposeAsync()
    {
        await _script.StopAsync();
        _script.Dispose();
    }

    /// <summary>kill -9 of the broker.</summary>
    public void Kill() => _script.Kill();

    /// <summary>Starts it again on the same data.</summary>
    public Task RestartAsync() => _script.StartAsync();
}

/// <summary>Tests that share the broker run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class KafkaCollection : ICollectionFixture<KafkaServer>
{
    public const string Name = "Kafka";
}
