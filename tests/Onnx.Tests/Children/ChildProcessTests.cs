using System.Diagnostics;
using System.Text;
using Platform.Onnx.Children;
using Platform.TestKit;

namespace Platform.Onnx.Tests.Children;

public sealed class ChildProcessTests : IDisposable
{
    private const long Roomy = 2L << 30;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_child_reads_what_its_parent_writes_and_the_parent_what_it_answers()
    {
        await using var child = await StartAsync<Echo>();
        await child.Input.WriteAsync("床前明月光"u8.ToArray());
        child.Input.Close();

        Assert.Equal("床前明月光", await ReadAsync(child));
        Assert.Equal((ChildEndCause.Done, 0), Told(await child.Ended.PatientlyAsync()));
    }

    [Fact]
    public async Task What_a_library_prints_is_no_answer_and_is_kept_in_part()
    {
        await using var child = await StartAsync<Chatterer>();

        Assert.Equal("the answer", await ReadAsync(child));
        var end = await child.Ended.PatientlyAsync();
        Assert.StartsWith("what a library prints", end.Said);
        Assert.InRange(end.Said.Length, 1, 16 << 10);
    }

    [Theory]
    [InlineData("KILL", 9, "SIGKILL")]
    [InlineData("SEGV", 11, "SIGSEGV")]
    [InlineData("FPE", 8, "SIGFPE")]
    [InlineData("ABRT", 6, "SIGABRT")]
    [InlineData("BUS", 7, "SIGBUS")]
    public async Task Every_signal_that_ends_a_child_is_told_by_its_name(string signal, int number, string name)
    {
        await using var child = await StartAsync<Sleeper>();
        await child.Output.ReadExactlyAsync(new byte[1]);
        await Eventually.TrueAsync(() => IsEndedBy(child, signal), $"the child ends by {name}");

        var end = await child.Ended.PatientlyAsync();
        Assert.Equal((ChildEndCause.Signal, number), Told(end));
        Assert.Equal($"was ended by signal {number} ({name})", end.Describe(child.Limits));
    }

    [Fact]
    public async Task A_child_that_throws_ends_with_an_exit_code_and_says_why()
    {
        await using var child = await StartAsync<Thrower>();

        var end = await child.Ended.PatientlyAsync();
        Assert.Equal("ended with exit code 70", end.Describe(child.Limits));
        Assert.Contains("as was to be expected", end.Said);
    }

    [Fact]
    public async Task A_child_that_takes_too_long_is_killed()
    {
        await using var child = await StartAsync<Sleeper>(new ChildLimits { Time = TimeSpan.FromMilliseconds(50) });

        Assert.Equal("took longer than 0.05 s", (await child.Ended.PatientlyAsync()).Describe(child.Limits));
    }

    [Fact]
    public async Task A_child_that_computes_too_long_is_ended_by_the_system()
    {
        await using var child = await StartAsync<Spinner>(new ChildLimits { ProcessorTime = TimeSpan.FromSeconds(1) });

        Assert.Equal("took more than 1 s of processor time", (await child.Ended.PatientlyAsync()).Describe(child.Limits));
    }

    [Theory]
    [InlineData(100, "taken", ChildEndCause.Done)]
    [InlineData(600, "", ChildEndCause.Memory)]
    public async Task Native_memory_is_bounded(int mebibytes, string answer, ChildEndCause cause)
    {
        await using var child = await StartAsync<NativeAllocator>(new ChildLimits { MemoryBytes = 512 << 20 });
        await child.Input.WriteAsync(BitConverter.GetBytes((long)mebibytes << 20));
        await child.Input.FlushAsync();

        Assert.Equal(answer, await ReadAsync(child));
        Assert.Equal(cause, (await child.Ended.PatientlyAsync()).Cause);
    }

    [Fact]
    public async Task Managed_memory_is_bounded()
    {
        await using var child = await StartAsync<ManagedAllocator>(new ChildLimits { MemoryBytes = 512 << 20 });

        Assert.Equal("needed more than 512 MiB of memory", (await child.Ended.PatientlyAsync()).Describe(child.Limits));
    }

    [Fact]
    public async Task A_child_writes_to_no_file()
    {
        var path = _folder.File("written");
        await using var child = await StartAsync<FileWriter>();
        await child.Input.WriteAsync(Encoding.UTF8.GetBytes(path));
        child.Input.Close();

        Assert.NotEqual(ChildEndCause.Done, (await child.Ended.PatientlyAsync()).Cause);
        Assert.Equal(0, new FileInfo(path).Length);
    }

    [Fact]
    public async Task A_child_has_none_of_its_parents_variables_and_files()
    {
        Environment.SetEnvironmentVariable("PLATFORM_TEST_SECRET", "hush");
        using var inherited = InheritedFile.Open(_folder.File("inherited"));
        await using var child = await StartAsync<SelfDescriber>(new ChildLimits { MemoryBytes = Roomy, Niceness = 7 });

        var said = await ReadAsync(child);
        Assert.DoesNotContain("SECRET", said);
        Assert.DoesNotContain(_folder.Path, said);
        Assert.Matches(@"Max core file size\s+0\s+0", said);
        Assert.Matches($@"Max data size\s+{Roomy}\s+{Roomy}", said);
        Assert.Contains("oom 800", said);
        var stat = said[(said.LastIndexOf(')') + 2)..].Split(' ');
        Assert.Equal($"{child.Id}", stat[2]); // a process group of its own
        Assert.Equal("7", stat[16]);
    }

    [Fact]
    public async Task A_child_dies_with_its_parent()
    {
        await using var parent = await StartAsync<Parent>();
        var number = new byte[4];
        await parent.Output.ReadExactlyAsync(number);
        var child = $"/proc/{BitConverter.ToInt32(number)}/stat";
        Assert.True(File.Exists(child));
        parent.Kill();

        await Eventually.TrueAsync(() => IsGone(child), "the child's child is gone");
    }

    [Fact]
    public async Task A_child_that_is_not_wanted_any_more_is_ended()
    {
        var child = await StartAsync<Sleeper>();
        await child.DisposeAsync();

        Assert.Equal("was stopped", (await child.Ended).Describe(child.Limits));
    }

    [Fact]
    public async Task Limits_under_which_it_cannot_start_are_no_fault_of_what_it_was_to_do() =>
        await Assert.ThrowsAsync<ChildStartException>(() => StartAsync<Echo>(new ChildLimits { MemoryBytes = 1 << 20 }));

    private static Task<ChildProcess> StartAsync<TRole>(ChildLimits? limits = null) where TRole : IChildRole, new() =>
        ChildProcess.StartAsync<TRole>(limits ?? new ChildLimits(), CancellationToken.None);

    /// <summary>.NET restores a fault's signal to what it does by default when it comes without a fault; the next one then ends the process.</summary>
    private static bool IsEndedBy(ChildProcess child, string signal)
    {
        if (child.Ended.IsCompleted) return true;
        using var kill = Process.Start("kill", [$"-{signal}", $"{child.Id}"]);
        kill.WaitForExit();
        return false;
    }

    private static async Task<string> ReadAsync(ChildProcess child) => await new StreamReader(child.Output).ReadToEndAsync();

    private static (ChildEndCause, int) Told(ChildEnd end) => (end.Cause, end.Code);

    /// <summary>One whose parent is gone may be left as a zombie where nobody waits for it.</summary>
    private static bool IsGone(string stat)
    {
        try
        {
            return File.ReadAllText(stat).Split(") ")[1][0] == 'Z';
        }
        catch (IOException)
        {
            return true;
        }
    }
}
