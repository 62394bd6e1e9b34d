using System.Runtime.InteropServices;

namespace Platform.Onnx.Sessions;

/// <summary>
/// The locale that text models ask for. ONNX Runtime's StringNormalizer, with which scikit-learn's text pipelines begin, has the C library
/// open en_US.UTF-8 when the model is loaded, and slim images do not have that one. <c>locales</c> beside the program has it
/// (Onnx.csproj), and the C library is told to look there; only where it finds none of its own, for it then looks no more into its archive.
/// </summary>
internal static partial class Locales
{
    private const string Library = "libc";
    private const string Wanted = "en_US.UTF-8";
    private const string Path = "LOCPATH";
    private const int AllCategories = 0x1fbf; // LC_ALL_MASK of glibc

    /// <summary>To be called before the first model is loaded; the C library reads the path each time that it opens a locale.</summary>
    public static void Provide()
    {
        if (!OperatingSystem.IsLinux() || IsThere()) return;
        var folders = new[] { System.IO.Path.Combine(AppContext.BaseDirectory, "locales"), Environment.GetEnvironmentVariable(Path) };
        // .NET keeps its own copy of the environment, which the C library does not see.
        _ = SetEnvironment(Path, string.Join(':', folders.Where(folder => !string.IsNullOrEmpty(folder))), overwrite: 1);
    }

    private static bool IsThere()
    {
        var locale = NewLocale(AllCategories, Wanted, 0);
        if (locale == 0) return false;
        FreeLocale(locale);
        return true;
    }

    [LibraryImport(Library, EntryPoint = "newlocale", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NewLocale(int categories, string name, nint modified);

    [LibraryImport(Library, EntryPoint = "freelocale")]
    private static partial void FreeLocale(nint locale);

    [LibraryImport(Library, EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
