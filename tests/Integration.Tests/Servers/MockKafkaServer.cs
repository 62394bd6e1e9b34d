using System.Diagnostics;
using Platform.TestKit;

namespace Platform.Integration.Tests.Servers;

/// <summary>librdkafka's mock cluster as a process of its own: the whole protocol, nothing kept across a restart.</summary>
public sealed class MockKafkaServer : IAsyncLifetime
{
    private Process _process = null!;

    public string BootstrapServers { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Platform.MockKafka.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        BootstrapServers = await ReadLineAsync();
    }

    public async Task DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The broker refuses connections and drops those it has; its topics stay.</summary>
    public Task TakeDownAsync() => CommandAsync("down");

    public Task BringUpAsync() => CommandAsync("up");

    public Task CreateTopicAsync(string name, int partitions) => CommandAsync($"topic {name} {partitions}");

    /// <summary>Retention: removes the records below an offset.</summary>
    public Task DeleteRecordsAsync(string topic, int partition, long before) => CommandAsync($"delete {topic} {partition} {before}");

    private async Task CommandAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        Assert.Equal("done", await ReadLineAsync());
    }

    private async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().PatientlyAsync()
        ?? throw new InvalidOperationException("The mock cluster has ended.");
}

/// <summary>Tests that share the mock cluster run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class MockKafkaCollection : ICollectionFixture<MockKafkaServer>
{
    public const string Name = "Mock Kafka";
}
