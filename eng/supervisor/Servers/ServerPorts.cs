using System.Text.Json;
using Platform.Supervisor.Machine;

namespace Platform.Supervisor.Servers;

/// <summary>
/// The servers' ports, the same at every start on a data folder: RabbitMQ's node is named by its port and finds its files by its name.
/// </summary>
/// <param name="RabbitMq">AMQP; the two that follow are Erlang's.</param>
/// <param name="Postgres">PostgreSQL.</param>
/// <param name="Kafka">Kafka; the one that follows is ZooKeeper's.</param>
internal sealed record ServerPorts(int RabbitMq, int Postgres, int Kafka)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The ports of this data folder, chosen at the first time.</summary>
    public static ServerPorts Of(string data, FreePorts free)
    {
        var path = Path.Combine(data, "ports.json");
        if (File.Exists(path)) return JsonSerializer.Deserialize<ServerPorts>(File.ReadAllText(path), Format)!;
        var ports = new ServerPorts(free.Take(3), free.Take(1), free.Take(2));
        File.WriteAllText($"{path}.new", JsonSerializer.Serialize(ports, Format));
        File.Move($"{path}.new", path);
        return ports;
    }
}
