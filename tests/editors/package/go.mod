module example.test/kernel

go 1.21
