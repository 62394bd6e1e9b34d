using System.Runtime.InteropServices;
using Platform.Onnx.Children;

namespace Platform.Onnx.Sessions;

/// <summary>
/// Runs work on a thread of its own that gives way to those that answer requests: on a busy core it gets about a tenth of the time.
/// </summary>
public static partial class ModestThread
{
    private const int ThisThread = 0;
    private const int Niceness = 10;

    // The runtime's own priorities mean nothing on Linux, where niceness belongs to a thread. Without it the work is done all the same.
    private static readonly bool CanGiveWay = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out _);

    /// <summary>Runs <paramref name="work"/> to its end; its exception, if any, is the task's.</summary>
    public static Task<T> RunAsync<T>(Func<T> work) => OwnThread.RunAsync(
        () =>
        {
            if (CanGiveWay) _ = SetPriority(ThisThread, ThisThread, Niceness);
            return work();
        },
        "Loading", maxStackSize: 0);

    [LibraryImport("libc.so.6", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
