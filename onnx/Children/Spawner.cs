using System.Collections.Concurrent;
using System.Diagnostics;

namespace Platform.Onnx.Children;

/// <summary>
/// Starts processes from one thread that lives as long as the program: Linux tells a child of its parent's death when the thread ends that
/// started it (PR_SET_PDEATHSIG in prctl(2)), and threads of the pool end at any time.
/// </summary>
internal static class Spawner
{
    private static readonly BlockingCollection<Action> Starts = [];
    private static readonly Lazy<Thread> Worker = new(Begin);

    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        _ = Worker.Value;
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() => Start(info, started));
        return started.Task;
    }

    private static void Start(ProcessStartInfo info, TaskCompletionSource<Process> started)
    {
        try
        {
            started.SetResult(Process.Start(info)!);
        }
#pragma warning disable CA1031 // the caller gets it, whatever it is
        catch (Exception exception)
#pragma warning restore CA1031
        {
            started.SetException(exception);
        }
    }

    private static Thread Begin()
    {
        var thread = new Thread(() =>
        {
            foreach (var start in Starts.GetConsumingEnumerable()) start();
        }) { IsBackground = true, Name = "child processes" };
        thread.Start();
        return thread;
    }
}
