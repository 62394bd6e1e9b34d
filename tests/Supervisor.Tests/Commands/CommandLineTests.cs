using Platform.Supervisor.Commands;

namespace Platform.Supervisor.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void Without_arguments_there_is_one_of_each_on_the_usual_port()
    {
        Assert.Null(CommandLine.Read([], out var command));
        Assert.Equal((8080, false), (command.Port, command.Empty));
        Assert.All(CommandLine.Replicable, service => Assert.Equal(1, command.CountOf(service)));
    }

    [Theory]
    [InlineData("--empty", "--port", "9000", "--data", "/tmp/x", "--replicas", "inference=2,monitor=3")]
    [InlineData("--replicas=inference=2,monitor=3", "--data=/tmp/x", "--port=9000", "--empty")]
    public void Values_follow_their_option_or_an_equals_sign(params string[] arguments)
    {
        Assert.Null(CommandLine.Read(arguments, out var command));
        Assert.Equal((9000, "/tmp/x", true), (command.Port, command.Data, command.Empty));
        Assert.Equal((2, 3, 1), (command.CountOf("inference"), command.CountOf("monitor"), command.CountOf("registry")));
    }

    [Fact]
    public void Of_an_option_given_twice_the_last_holds()
    {
        Assert.Null(CommandLine.Read(["--data", "/tmp/a", "--data", "/tmp/b"], out var command));
        Assert.Equal("/tmp/b", command.Data);
    }

    [Theory]
    [InlineData("unknown option '--prot'", "--prot", "1")]
    [InlineData("--port wants a value", "--port")]
    [InlineData("--port wants a number up to 65535, not '70000'", "--port", "70000")]
    [InlineData("--data wants a folder", "--data", " ")]
    [InlineData("--replicas wants SERVICE=NUMBER with one of registry, inference, monitor, explainer, not 'gateway=2'", "--replicas", "gateway=2")]
    [InlineData("--replicas wants SERVICE=NUMBER with one of registry, inference, monitor, explainer, not 'inference'", "--replicas", "inference")]
    [InlineData("--replicas wants 1 to 16 of inference, not '0'", "--replicas", "inference=0")]
    [InlineData("--replicas wants 1 to 16 of inference, not 'two'", "--replicas", "inference=two")]
    public void What_cannot_be_meant_is_named(string mistake, params string[] arguments) =>
        Assert.Equal(mistake, CommandLine.Read(arguments, out _));
}
