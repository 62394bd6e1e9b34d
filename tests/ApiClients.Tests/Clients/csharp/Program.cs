// What a user of a generated client writes: asks for a prediction, a job, an explanation and what the monitor found.
// Usage: Client kiota|nswag ADDRESS MODEL; prints one fact a line.
var (client, address, model) = (args[0], args[1], args[2]);
float[] applicant = [1, 8, 2, 3, 760, 0, 3, 4, 1, 2, 2, 0, 44, 2, 1, 1, 1, 1, 0, 0];

if (client == "kiota") await KiotaUser.RunAsync(address, model, applicant);
else await NswagUser.RunAsync(address, model, applicant);
