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

    /// <summary>Runs it to its end, for command lines that it refuses.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        PlatformProcess.RunAsync(Program, arguments);
}
