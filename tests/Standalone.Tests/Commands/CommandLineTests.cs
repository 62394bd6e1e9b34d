using Platform.Hosting.Launching;
using Platform.Standalone.Commands;

namespace Platform.Standalone.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void Without_arguments_it_listens_on_8080_with_samples_and_data_in_the_working_directory()
    {
        Assert.Null(CommandLine.Read([], out var command));
        Assert.Equal(new CommandLine(8080, Path.GetFullPath("data"), Empty: false), command);
    }

    [Theory]
    [InlineData("--empty", "--port", "9000", "--auth", "--any-address", "--data", "/tmp/x")]
    [InlineData("--any-address", "--auth", "--data=/tmp/x", "--port=9000", "--empty")]
    public void Values_follow_a_space_or_an_equals_sign(params string[] arguments)
    {
        Assert.Null(CommandLine.Read(arguments, out var command));
        Assert.Equal(new CommandLine(9000, "/tmp/x", Empty: true, Auth: true, AnyAddress: true), command);
    }

    [Theory]
    [InlineData("unknown option '--prot'", "--prot", "9000")]
    [InlineData("unknown option 'serve'", "serve")]
    [InlineData("unknown option '--empty=yes'", "--empty=yes")]
    [InlineData("unknown option '--any-address=yes'", "--any-address=yes")]
    [InlineData("--any-address wants --auth: whoever reaches the port could do everything", "--any-address")]
    [InlineData("--port wants a value", "--port")]
    [InlineData("--port wants a number up to 65535, not '70000'", "--port", "70000")]
    [InlineData("--port wants a number up to 65535, not '-1'", "--port=-1")]
    [InlineData("--data wants a value", "--data")]
    [InlineData("--data wants a folder", "--data", "")]
    public void What_it_does_not_understand_it_names(string mistake, params string[] arguments)
    {
        Assert.Equal(mistake, CommandLine.Read(arguments, out _));
    }

    [Fact]
    public void Port_0_becomes_a_free_port()
    {
        var port = LoopbackPort.Resolve(0);
        Assert.InRange(port, 1, 65535);
        Assert.Null(LoopbackPort.WhatHinders(port));
    }
}
