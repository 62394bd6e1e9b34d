using Platform.Supervisor;
using Platform.Supervisor.Commands;
using Platform.Supervisor.Machine;

var free = new FreePorts();
if (!UpCommand.TryRead(args, free, out var command, out var exitCode)) return exitCode;

using (command)
{
    var builder = Host.CreateApplicationBuilder();
    builder.AddSupervisor(command, free);
    await builder.Build().RunAsync();
    return Environment.ExitCode;
}
