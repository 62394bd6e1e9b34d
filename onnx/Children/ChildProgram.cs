using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Win32.SafeHandles;

namespace Platform.Onnx.Children;

/// <summary>The program that a child process runs (<c>dotnet Platform.Onnx.dll</c>): it confines itself, says so, and takes up its role.</summary>
internal static class ChildProgram
{
    /// <summary>The first byte of a child's output: it is confined and has not begun with anything.</summary>
    public const byte Ready = 0x06;

    private static void Main(string[] arguments)
    {
        if (ChildCommand.Read(arguments) is not { } command)
        {
            Console.Error.WriteLine("This program is started by the platform's services; there is nothing in it to be used by hand.");
            Exit(ChildExit.Misused);
            return;
        }

        var channel = Confinement.KeepOutput();
        Confinement.Apply(command);
        Exit(Work(command, channel));
    }

    private static int Work(ChildCommand command, int channel)
    {
        try
        {
            using var output = new FileStream(new SafeFileHandle(channel, ownsHandle: true), FileAccess.Write, bufferSize: 1 << 16);
            using var input = new FileStream(new SafeFileHandle(0, ownsHandle: true), FileAccess.Read, bufferSize: 1 << 16);
            var role = Load(command);
            output.WriteByte(Ready);
            output.Flush();
            role.Run(input, output);
            return ChildExit.Done;
        }
        catch (OutOfMemoryException)
        {
            return ChildExit.OutOfMemory;
        }
#pragma warning disable CA1031 // whatever it is, the parent hears of it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(exception.ToString());
            return ChildExit.Failed;
        }
    }

    private static IChildRole Load(ChildCommand command)
    {
        var folder = Path.GetDirectoryName(command.Assembly)!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            var path = Path.Combine(folder, $"{name.Name}.dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(command.Assembly);
        return (IChildRole)Activator.CreateInstance(assembly.GetType(command.Role, throwOnError: true)!, nonPublic: true)!;
    }

    /// <summary>Ends the process at once: native libraries that would tidy up first may be in any state.</summary>
    private static void Exit(int code) => Confinement.Exit(code);
}

/// <summary>Exit codes of a child process.</summary>
internal static class ChildExit
{
    public const int Done = 0;
    public const int Misused = 64;
    public const int Failed = 70;
    public const int OutOfMemory = 71;
}
