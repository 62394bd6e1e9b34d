using System.Diagnostics;

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

    /// <summary>What the script that starts it has said so far.</summary>
    public string Said => _script.Said;

    /// <summary>The broker's process.</summary>
    public int Pid => _script.PidOf();

    /// <summary>kill -9 of its ZooKeeper.</summary>
    public void KillZooKeeper() => _script.Kill("zookeeper");

    /// <summary>Runs a command in ZooKeeper's own shell, and returns what that says.</summary>
    public async Task<string> ZooKeeperAsync(string command)
    {
        const string Shell = """
            home=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/platform/kafka-0.9.0.1
            printf '%s\nquit\n' "$1" | exec java -cp "$home/libs/*" org.apache.zookeeper.ZooKeeperMain -server "127.0.0.1:$0" 2>&1
            """;
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", Shell, $"{_script.Port + 1}", command]) { RedirectStandardOutput = true })!;
        return await shell.StandardOutput.ReadToEndAsync();
    }
}

/// <summary>Tests that share the broker run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class KafkaCollection : ICollectionFixture<KafkaServer>
{
    public const string Name = "Kafka";
}
