using System.Globalization;
using System.Net;

namespace Platform.Standalone.Commands;

/// <summary>What the command line asks for, as it was written: <c>--name value</c>, <c>--name=value</c> and switches.</summary>
/// <param name="Port">The port on 127.0.0.1; 0 takes a free one.</param>
/// <param name="Data">The data folder's full path.</param>
/// <param name="Empty">Whether to start without samples.</param>
/// <param name="AnyAddress">Whether to listen on every address of the machine, not on loopback alone.</param>
internal sealed record CommandLine(int Port, string Data, bool Empty, bool AnyAddress = false)
{
    public const string Usage = """
        Usage: Platform.Standalone [--empty] [--port 8080] [--data DIR] [--any-address]

          --empty        without the sample models and their replayed traffic
          --port N       listen on http://127.0.0.1:N; 0 takes a free port
          --data DIR     keep all state in DIR (./data)
          --any-address  listen on every address of the machine: for a container, which has its own
        """;

    private static readonly CommandLine Defaults = new(8080, Path.GetFullPath("data"), Empty: false);

    /// <summary>Null with the command, or what is wrong with the arguments.</summary>
    public static string? Read(IReadOnlyList<string> arguments, out CommandLine command)
    {
        command = Defaults;
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            var (name, value) = Split(argument);
            if (name is "--port" or "--data" && value is null && !rest.TryDequeue(out value)) return $"{name} wants a value";
            if (Apply(name, value, ref command) is { } mistake) return mistake;
        }
        return null;
    }

    private static string? Apply(string name, string? value, ref CommandLine command)
    {
        switch (name)
        {
            case "--empty" when value is null:
                command = command with { Empty = true };
                return null;
            case "--any-address" when value is null:
                command = command with { AnyAddress = true };
                return null;
            case "--port" when ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port):
                command = command with { Port = port };
                return null;
            case "--port":
                return $"--port wants a number up to {IPEndPoint.MaxPort}, not '{value}'";
            case "--data" when !string.IsNullOrWhiteSpace(value):
                command = command with { Data = Path.GetFullPath(value) };
                return null;
            case "--data":
                return "--data wants a folder";
            default:
                return $"unknown option '{(value is null ? name : $"{name}={value}")}'";
        }
    }

    private static (string Name, string? Value) Split(string argument) => argument.IndexOf('=') switch
    {
        < 0 => (argument, null),
        var at => (argument[..at], argument[(at + 1)..]),
    };
}
