namespace Platform.Onnx.Children;

/// <summary>Runs what blocks on a thread of its own, where it keeps none of the pool's.</summary>
internal static class OwnThread
{
    /// <summary>Runs <paramref name="work"/> to its end; its exception, if any, is the task's.</summary>
    public static Task<T> RunAsync<T>(Func<T> work) => RunAsync(work, "child process", maxStackSize: 256 << 10);

    /// <summary>The same on a thread of a name, with a stack of so many bytes; 0 for the usual one.</summary>
    public static Task<T> RunAsync<T>(Func<T> work, string name, int maxStackSize)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Complete(done, work), maxStackSize) { IsBackground = true, Name = name }.Start();
        return done.Task;
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> work)
    {
        try
        {
            done.SetResult(work());
        }
#pragma warning disable CA1031 // it goes to whoever awaits the work
        catch (Exception exception)
#pragma warning restore CA1031
        {
            done.SetException(exception);
        }
    }
}
