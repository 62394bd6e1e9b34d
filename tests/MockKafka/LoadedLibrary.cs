using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Platform.MockKafka;

/// <summary>
/// Of librdkafka's builds for Linux, Confluent.Kafka takes the first that this system can load (librdkafka.so wants libsasl2.so.3).
/// Calls by the name <c>librdkafka</c> go to that one.
/// </summary>
internal static class LoadedLibrary
{
    public const string Name = "librdkafka";

    public static void Use() => NativeLibrary.SetDllImportResolver(typeof(LoadedLibrary).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name == Name ? NativeLibrary.Load(PathInThisProcess()) : nint.Zero;

    private static string PathInThisProcess()
    {
        if (!Library.IsLoaded) Library.Load(null);
        return File.ReadLines("/proc/self/maps")
            .Select(mapping => mapping.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length == 6).Select(fields => fields[5].Trim())
            .First(file => Path.GetFileName(file).Contains(Name, StringComparison.Ordinal));
    }
}
