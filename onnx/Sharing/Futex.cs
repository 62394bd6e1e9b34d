using System.Runtime.InteropServices;

namespace Platform.Onnx.Sharing;

/// <summary>A word of shared memory that threads of any process wait for (futex(2)).</summary>
internal static unsafe class Futex
{
    private const int WaitOperation = 0; // FUTEX_WAIT, not private: the word is another process's as well
    private const int WakeOperation = 1; // FUTEX_WAKE

    private static readonly nint Call = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    /// <summary>Sleeps while the word has this value; returns when it may have another, or when the time is up.</summary>
    public static void Wait(int* word, int value, TimeSpan atMost)
    {
        var time = new Libc.TimeSpec { Seconds = atMost.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = atMost.Ticks % TimeSpan.TicksPerSecond * 100 };
        _ = Libc.Futex(Call, word, WaitOperation, value, &time, 0, 0);
    }

    /// <summary>Wakes whoever sleeps on the word.</summary>
    public static void Wake(int* word) => _ = Libc.Futex(Call, word, WakeOperation, int.MaxValue, null, 0, 0);
}
