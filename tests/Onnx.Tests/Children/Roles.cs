using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Platform.Onnx.Children;

namespace Platform.Onnx.Tests.Children;

/// <summary>Repeats what it hears.</summary>
internal sealed class Echo : IChildRole
{
    public void Run(Stream input, Stream output) => input.CopyTo(output);
}

/// <summary>Prints where anybody may, and answers where only it can.</summary>
internal sealed class Chatterer : IChildRole
{
    public void Run(Stream input, Stream output)
    {
        for (var i = 0; i < 100_000; i++) Console.Out.WriteLine("what a library prints");
        output.Write("the answer"u8);
    }
}

/// <summary>Says that it begins, and does not end.</summary>
internal sealed class Sleeper : IChildRole
{
    public void Run(Stream input, Stream output)
    {
        output.WriteByte(1);
        output.Flush();
        Thread.Sleep(Timeout.Infinite);
    }
}

/// <summary>Computes and does not end.</summary>
internal sealed class Spinner : IChildRole
{
    public void Run(Stream input, Stream output)
    {
        while (true) Thread.SpinWait(1000);
    }
}

/// <summary>Takes as many bytes of native memory as it is told, and says so.</summary>
internal sealed class NativeAllocator : IChildRole
{
    public unsafe void Run(Stream input, Stream output)
    {
        var bytes = stackalloc byte[8];
        var wanted = new Span<byte>(bytes, 8);
        input.ReadExactly(wanted);
        var left = BinaryPrimitives.ReadInt64LittleEndian(wanted);
        for (; left > 0; left -= 1 << 20) new Span<byte>(NativeMemory.Alloc(1 << 20), 1 << 20).Fill(1);
        output.Write("taken"u8);
    }
}

/// <summary>Keeps arrays until there is no more room.</summary>
internal sealed class ManagedAllocator : IChildRole
{
    public void Run(Stream input, Stream output)
    {
        var kept = new List<byte[]>();
        while (true) kept.Add(GC.AllocateUninitializedArray<byte>(1 << 20));
    }
}

/// <summary>Fails.</summary>
internal sealed class Thrower : IChildRole
{
    public void Run(Stream input, Stream output) => throw new InvalidOperationException("as was to be expected");
}

/// <summary>Writes to a file.</summary>
internal sealed class FileWriter : IChildRole
{
    public void Run(Stream input, Stream output)
    {
        var path = new StreamReader(input).ReadToEnd();
        File.WriteAllText(path, "written");
    }
}

/// <summary>Tells what it has of its parent: variables, open files, limits.</summary>
internal sealed class SelfDescriber : IChildRole
{
    public void Run(Stream input, Stream output)
    {
        var said = new StringBuilder();
        foreach (var variable in Environment.GetEnvironmentVariables().Keys) said.Append("variable ").Append(variable).Append('\n');
        foreach (var path in Directory.GetFiles("/proc/self/fd"))
            said.Append("file ").Append(File.ResolveLinkTarget(path, false)?.FullName).Append('\n');
        foreach (var line in File.ReadLines("/proc/self/limits")) said.Append(line).Append('\n');
        said.Append("oom ").Append(File.ReadAllText("/proc/self/oom_score_adj"));
        said.Append(File.ReadAllText("/proc/self/stat"));
        output.Write(Encoding.UTF8.GetBytes(said.ToString()));
    }
}

/// <summary>Has a child of its own, says its number, and does not end.</summary>
internal sealed class Parent : IChildRole
{
    public void Run(Stream input, Stream output)
    {
        var child = ChildProcess.StartAsync<Sleeper>(new ChildLimits(), CancellationToken.None).GetAwaiter().GetResult();
        output.Write(BitConverter.GetBytes(child.Id));
        output.Flush();
        Thread.Sleep(Timeout.Infinite);
    }
}
