using System.Runtime.InteropServices;

namespace Platform.Onnx.Tests.Children;

/// <summary>A file that is opened as careless native code does: open for every process that is started meanwhile.</summary>
internal static partial class InheritedFile
{
    private const int WriteOrCreate = 0x41; // O_WRONLY | O_CREAT, without O_CLOEXEC

    public static IDisposable Open(string path) => new Microsoft.Win32.SafeHandles.SafeFileHandle(Open(path, WriteOrCreate, 0x180), ownsHandle: true);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);
}
