using Platform.Hosting.Launching;

namespace Platform.Standalone.Commands;

/// <summary>What the command line asks for.</summary>
/// <param name="Port">The port on 127.0.0.1; 0 takes a free one.</param>
/// <param name="Data">The data folder's full path.</param>
/// <param name="Empty">Whether to start without samples.</param>
/// <param name="Auth">Whether callers are asked for keys.</param>
/// <param name="AnyAddress">Whether to listen on every address of the machine, not on loopback alone.</param>
internal sealed record CommandLine(int Port, string Data, bool Empty, bool Auth = false, bool AnyAddress = false)
{
    public const string Usage = """
        Usage: Platform.Standalone [--empty] [--port 8080] [--data DIR] [--auth] [--any-address]

          --empty        without the sample models and their replayed traffic
          --port N       listen on http://127.0.0.1:N; 0 takes a free port
          --data DIR     keep all state in DIR (./data)
          --auth         ask callers for keys; the first one is in DIR/bootstrap.key
          --any-address  listen on every address of the machine, with --auth only: for a container, which has its own
        """;

    /// <summary>Null with the command, or what is wrong with the arguments.</summary>
    public static string? Read(IReadOnlyList<string> arguments, out CommandLine command)
    {
        var (auth, anyAddress) = (false, false);
        var launch = new LaunchArguments().Switch("--auth", () => auth = true).Switch("--any-address", () => anyAddress = true);
        var mistake = launch.Read(arguments);
        command = new CommandLine(launch.Port, launch.Data, launch.Empty, auth, anyAddress);
        return mistake ?? (anyAddress && !auth ? "--any-address wants --auth: whoever reaches the port could do everything" : null);
    }
}
