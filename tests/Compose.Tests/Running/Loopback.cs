using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Compose.Tests.Running;

/// <summary>
/// Translates the environment of a container to this machine: the names of other containers become 127.0.0.1 and their ports
/// those given here, <c>/data</c> a folder of its own. Everything else stays as the manifest has it.
/// </summary>
internal sealed class Loopback(IReadOnlyDictionary<string, int> hosts) : IDisposable
{
    /// <summary>What sets the port that a service listens on.</summary>
    public const string PortVariable = "ASPNETCORE_HTTP_PORTS";

    private readonly TemporaryFolder _data = new();

    /// <summary>Every one of these hosts, at a port that nobody listens on.</summary>
    public static Loopback WithNobodyAt(IEnumerable<string> hosts) => new(hosts.ToDictionary(host => host, _ => Ports.Free()));

    public Dictionary<string, string> Translate(IReadOnlyDictionary<string, string> environment, int port)
    {
        var translated = environment.ToDictionary(variable => variable.Key, variable => Translate(variable.Value));
        translated[PortVariable] = $"{port}";
        foreach (var (name, host) in environment.Where(variable => variable.Key.EndsWith("__Host", StringComparison.Ordinal)))
        {
            translated[name] = "127.0.0.1";
            translated[name[..^"Host".Length] + "Port"] = $"{hosts[host]}";
        }
        return translated;
    }

    /// <summary>The arguments of a program that takes its port as <c>--port</c>.</summary>
    public IReadOnlyList<string> Translate(IReadOnlyList<string> arguments, int port) =>
        [.. arguments.Select((argument, at) => at > 0 && arguments[at - 1] == "--port" ? $"{port}" : Translate(argument))];

    /// <summary>Addresses (<c>http://host:port</c>, <c>host:port,host:port</c>, <c>Host=host;Port=port</c>) and paths.</summary>
    public string Translate(string value)
    {
        foreach (var (host, port) in hosts)
        {
            var name = Regex.Escape(host);
            value = Regex.Replace(value, $@"(?<=^|//|@|,){name}:\d+", $"127.0.0.1:{port}");
            value = Regex.Replace(value, $@"\bHost={name};Port=\d+", $"Host=127.0.0.1;Port={port}");
        }
        return value == "/data" ? _data.Path : value;
    }

    public void Dispose() => _data.Dispose();
}
