// Imported before cdktf, which reads the name when it is loaded.
process.env["TERRAFORM_BINARY_NAME"] = "/absent/terraform";
