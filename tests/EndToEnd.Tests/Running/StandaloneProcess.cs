using Platform.TestKit;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Running;

/// <summary>The standalone program as a child process.</summary>
internal static class StandaloneProcess
{
    private static readonly string Program = Repository.ProgramOf("services/standalone", "Platform.Standalone.dll");
    private static readonly TimeSpan ReadyWithin = Eventually.Patience;

    /// <summary>Starts it and waits for its <c>ready</c> line.</summary>
    public static Task<PlatformProcess> StartAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? settings = null, SmallDisk? on = null) =>
        PlatformProcess.StartAsync(Program, arguments, settings, ReadyWithin, on?.Through);

    /// <summary>Starts it on a port where it cannot get ready, and waits for nothing.</summary>
    public static PlatformProcess StartUnready(
        IReadOnlyList<string> arguments, int port, IReadOnlyDictionary<string, string> settings, SmallDisk on) =>
        PlatformProcess.StartUnready(Program, [.. arguments, "--port", $"{port}"], settings, new Uri($"http://127.0.0.1:{port}"), on.Through);

    /// <summary>Runs it to its end, for command lines that it refuses.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        PlatformProcess.RunAsync(Program, arguments);
}
