using System.Collections;
using System.Diagnostics;

namespace Platform.Onnx.Children;

/// <summary>How the child's program is started: by the same .NET that runs this one, whatever this one was started by.</summary>
internal static class ChildStartInfo
{
    // What a program needs to find its libraries and devices. Everything else stays here, above all secrets.
    private static readonly string[] Inherited = ["PATH", "LD_LIBRARY_PATH", "LOCPATH", "TMPDIR", "CUDA_", "NVIDIA_", "ORT_"];

    // For a process that lives for a moment: it shall start soon and leave nothing behind. Write-xor-execute would let the runtime keep its
    // code in a file in memory, which a process that may write no file cannot have.
    private static readonly Dictionary<string, string> Tuning = new()
    {
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_TieredPGO"] = "0",
    };

    public static ProcessStartInfo Of(ChildCommand command)
    {
        var program = typeof(ChildStartInfo).Assembly.Location;
        var info = new ProcessStartInfo(FindDotnet(), [program, .. command.ToArguments()])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (IsInherited((string)variable.Key)) info.Environment[(string)variable.Key] = (string?)variable.Value;
        foreach (var (name, value) in Tuning) info.Environment[name] = value;
        return info;
    }

    private static bool IsInherited(string name) =>
        Inherited.Any(known => known.EndsWith('_') ? name.StartsWith(known, StringComparison.Ordinal) : name == known);

    /// <summary>Three folders above the core library, <c>shared/Microsoft.NETCore.App/10.0.0</c>, lies what starts programs.</summary>
    private static string FindDotnet()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    }
}
