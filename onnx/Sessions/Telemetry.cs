using System.Runtime.InteropServices;

namespace Platform.Onnx.Sessions;

/// <summary>
/// ONNX Runtime's own reports of what it is used for: its builds for Linux (1.31.1 here) keep them in a database in the user's cache folder,
/// and know an address of its maker's; whether they are sent there was not looked at. Who runs models here has not been asked.
/// </summary>
internal static partial class Telemetry
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>To be called before the runtime is loaded. An operator's own setting stands.</summary>
    public static void Forbid()
    {
        // .NET keeps its own copy of the environment, which native code does not see.
        if (OperatingSystem.IsLinux()) _ = SetEnvironment(Switch, "1", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
